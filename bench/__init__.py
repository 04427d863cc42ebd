"""Repeatable measurements. Each program prints what it measured and the ratios that matter; none of them is a test."""
