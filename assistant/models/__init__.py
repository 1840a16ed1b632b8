"""Speech models that are fetched: which there are, getting them safely, and graphs made for them."""
