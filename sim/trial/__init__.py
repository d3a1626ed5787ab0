"""The argument on trial: claims as paired experiments, and the model held against what happened."""
