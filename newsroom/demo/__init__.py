"""The demo newsroom: its registers and stories as data, its pictures as drawings, and what plays them in."""
