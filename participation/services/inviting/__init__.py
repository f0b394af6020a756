"""Who was invited and how, who was not, and which invitations reach people (decision 0053)."""
