"""The calm shapes of a circle, each drawn around 0, 0: head and shoulders, heads together, house, ears."""

from alongside.story.models import Tie

TINTS = {
    Tie.To.PERSON: "#fdecc4",
    Tie.To.GROUP: "#dfeaf0",
    Tie.To.PLACE: "#e3ecdf",
    Tie.To.ANIMAL: "#f8e0d3",
}
_FINE = '<path class="fine" fill="none" stroke-dasharray="none" d="'
SHAPES = {
    Tie.To.PERSON: f'<circle r="23"/>{_FINE}M0-10a6 6 0 1 1-.1 0zM-11 13a11 10 0 0 1 22 0"/>',
    Tie.To.GROUP: '<rect x="-29" y="-22" width="58" height="44" rx="15"/>'
    f"{_FINE}M0-13a5 5 0 1 1-.1 0zM-15-7a4.200 4.200 0 1 1-.1 0zM15-7a4.200 4.200 0 1 1-.1 0z"
    'M-8.500 13a8.500 8.500 0 0 1 17 0M-22 11a7.500 7.500 0 0 1 11-6M22 11a7.500 7.500 0 0 0-11-6"/>',
    Tie.To.PLACE: '<path d="M-26-3 0-25 26-3V19a4 4 0 0 1-4 4H-22a4 4 0 0 1-4-4z"/>'
    f'{_FINE}M-5 23V8a5 5 0 0 1 10 0V23"/>',
    Tie.To.ANIMAL: '<path d="M-22-24c8 1 12 4 14 7q8-2.500 16 0c2-3 6-6 14-7 1 8 0 14-2 17 3 4 4 8 4 11'
    'C24 16 13 24 0 24S-24 16-24 4c0-3 1-7 4-11-2-3-3-9-2-17z"/>'
    f'{_FINE}M-8 1v.1M8 1v.1M-3 10q3 3 6 0"/>',
}
HEART = (
    '<path class="heart" fill="#8a3217" stroke="none" d="M18-14c-5-4-8-7-8-10.500a4.300 4.300 0 0 1 8-2'
    ' 4.300 4.300 0 0 1 8 2c0 3.500-3 6.500-8 10.500z"/>'
)
