"""The closed loop without hardware: a simulated room and athlete."""
