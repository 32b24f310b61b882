"""The four demonstration campaigns."""

from campaign_portal.demo.casts import county, guanyun, hengyang, huanggang

CASTS = (guanyun.CAST, hengyang.CAST, huanggang.CAST, county.CAST)

__all__ = ["CASTS"]
