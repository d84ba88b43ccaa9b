"""The line of messages: who answers how many, what is never answered, and how late answers are.

From the people to the figures: `answerer` (a source as the line sees it), `attendance` (who comes
on a day), `week_plan` (the week in pieces), `levels` (how many messages wait, by chance), `course`
(a day of a line), `ahead` (what can be answered from a moment on), `line` (a week in steady state),
`taking` (when messages that had to wait are taken, and by whom),
`message_types` (who may take which messages), `software` (what comes to people), `shared` (lines
whose people take other messages too) and `answers` (the figures).
"""
