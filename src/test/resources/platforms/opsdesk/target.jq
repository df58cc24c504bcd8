# Incident -> the board that its ticket is opened on.

{board: $settings.board}
