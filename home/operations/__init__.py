"""What the operator's commands do: prepare the data, serve, supervise. Edges: nothing else imports them."""
