"""The screens of a trajectory: its page, the plan, the acts of guidance, leaving."""
