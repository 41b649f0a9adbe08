"""What people of the house ask for: to sign in, to look ahead, to look back."""
