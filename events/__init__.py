"""The forum, its venue and its agenda: edited as rows, published as numbered documents."""
