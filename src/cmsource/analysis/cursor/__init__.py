"""Where to put the cursor between outside and in-house."""
