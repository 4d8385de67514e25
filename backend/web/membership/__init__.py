"""Pages about membership: who is who today or on a day, what is vacant, and every change with its reason."""
