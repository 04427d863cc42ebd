"""Walking alongside: the walk and who keeps it, moments, handovers, the arc, and a worker's own days."""

from alongside.walks.models.handover import Challenge, Handover, HandoverMeeting, Repair
from alongside.walks.models.moments import Draft, Moment, MomentAfter, MomentWith, TimeWriting
from alongside.walks.models.own import ArcChoice, ArcLine, LifeMap, LifeMapPlace
from alongside.walks.models.walk import CarriesOn, Company, Walk, WalkPerson, WalkStep
from alongside.walks.models.work import Away, CoverGap, SaidFull

__all__ = [
    "ArcChoice",
    "ArcLine",
    "Away",
    "CarriesOn",
    "Challenge",
    "Company",
    "CoverGap",
    "Draft",
    "Handover",
    "HandoverMeeting",
    "LifeMap",
    "LifeMapPlace",
    "Moment",
    "MomentAfter",
    "MomentWith",
    "Repair",
    "SaidFull",
    "TimeWriting",
    "Walk",
    "WalkPerson",
    "WalkStep",
]
