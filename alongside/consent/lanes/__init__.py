"""What holds a `to` doing (I1): a consent that is somebody's own, or a duty that says everything it must."""
