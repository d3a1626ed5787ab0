"""Tools: what makes data and documents anew; not needed to play."""
