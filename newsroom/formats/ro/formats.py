"""Romanian dates where Django's differ: E is the month as it stands beside a day, in lower case; T the clock's zone."""

DATE_FORMAT = "j E Y"
DATETIME_FORMAT = "j E Y, H:i T"
SHORT_DATETIME_FORMAT = "d.m.Y, H:i T"
MONTH_DAY_FORMAT = "j E"
