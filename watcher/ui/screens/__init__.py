"""The screens: each composes panes, and turns keys and clicks into changes of what is viewed."""
