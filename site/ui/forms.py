"""How Django draws our forms: `{{ form }}` and `{{ field.as_field_group }}` give the same fields as `{% field %}`."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """FORM_RENDERER. Widgets keep Django's own templates; the form and its fields take ours."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
