"""Measuring how well commands are heard, from people and from voices that nothing was trained on."""
