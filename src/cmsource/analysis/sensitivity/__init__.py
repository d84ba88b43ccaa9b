"""What changes when one number or two of them move."""
