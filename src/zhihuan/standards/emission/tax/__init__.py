"""Environmental protection tax: equivalents, which pollutants are taxed, what is due.

    >>> from datetime import date
    >>> month = [Discharge("二氧化硫", "100"), Discharge("氟化物", "100"),
    ...          Discharge("一氧化碳", "200"), Discharge("氯化氢", "80")]
    >>> outlet_tax(month, medium=Medium.AIR, on=date(2018, 3, 31), rate="1.2").total
    Decimal('278.62')

Money and equivalents are ``Decimal``; only the sum is rounded. The law came into force on
2018-01-01. It refuses exemptions (article 12), penalties for false data and export of returns.
"""

from zhihuan.standards.emission.tax.equivalents import Medium, Pollutant, pollutant, pollutants
from zhihuan.standards.emission.tax.grounds import MonthGrounds, month_grounds
from zhihuan.standards.emission.tax.noise import NoiseTax, noise_tax
from zhihuan.standards.emission.tax.outlet import Discharge, OutletTax, TaxLine, outlet_tax
from zhihuan.standards.emission.tax.rates import guangdong_rate
from zhihuan.standards.emission.tax.solid_waste import SolidWasteTax, solid_waste_tax

__all__ = [
    "Discharge",
    "Medium",
    "MonthGrounds",
    "NoiseTax",
    "OutletTax",
    "Pollutant",
    "SolidWasteTax",
    "TaxLine",
    "guangdong_rate",
    "month_grounds",
    "noise_tax",
    "outlet_tax",
    "pollutant",
    "pollutants",
    "solid_waste_tax",
]
