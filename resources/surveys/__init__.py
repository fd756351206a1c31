"""Pure rules of self-assessment before and after learning."""
