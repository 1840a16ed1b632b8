"""The linter of what people edit: rules over what was read, each giving findings with their place."""
