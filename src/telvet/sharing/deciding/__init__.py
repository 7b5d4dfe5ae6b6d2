"""What is known of a partner, an arrangement and marks -> what each rule says of a release; one module a family of rules."""
