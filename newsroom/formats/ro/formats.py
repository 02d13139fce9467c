"""Romanian dates where Django's differ: E is the month as it stands beside a day, in lower case."""

DATE_FORMAT = "j E Y"
DATETIME_FORMAT = "j E Y, H:i"
MONTH_DAY_FORMAT = "j E"
