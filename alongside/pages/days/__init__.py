"""Days: what somebody who walks alongside people has in front of them in the morning."""
