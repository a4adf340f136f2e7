"""The shape of a PIN: chosen when the device is given away, typed to have it back."""

from django import forms
from django.utils.translation import gettext_lazy as _


def _pin_input() -> forms.PasswordInput:
    return forms.PasswordInput(
        attrs={
            "class": "pin",
            "inputmode": "numeric",
            "autocomplete": "off",
            "maxlength": 8,
        }
    )


class NewPin(forms.Form):
    pin = forms.CharField(label=_("PIN"), max_length=8, widget=_pin_input())
    again = forms.CharField(
        label=_("The same PIN again"), max_length=8, widget=_pin_input()
    )
    return_to = forms.CharField(
        required=False, max_length=200, widget=forms.HiddenInput
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("pin"):
            raise forms.ValidationError(
                _("The two PINs are not the same. Type both again.")
            )
        return again


class ReturnPin(forms.Form):
    pin = forms.CharField(
        label=_("PIN of the coach"), max_length=8, widget=_pin_input()
    )
