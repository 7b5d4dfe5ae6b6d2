"""What law says about a partner, as facts of a decision: answers, the record of what was weighed, triggers side by side."""
