"""Pure parts of the privacy room: what is unusual about looks, and which of a month are drawn."""
