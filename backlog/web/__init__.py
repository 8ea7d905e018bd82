"""What all pages share: shell, locale, forms, fragments, errors, security headers."""
