"""What the pages say in Vietnamese, in English."""

ENGLISH: dict[str, str] = {}
