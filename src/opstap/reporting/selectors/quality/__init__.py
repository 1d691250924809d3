"""What the report `data-quality` counts: the checks, what is known of everyone, who looks like another, who left."""
