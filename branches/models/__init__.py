from branches.models.account import ActivationCode
from branches.models.correction import CorrectionRequest
from branches.models.former_name import FormerName
from branches.models.identity import (
    hash_id_number,
    mask_id_number,
    mask_phone,
    open_id_number,
    seal_id_number,
)
from branches.models.organisation import Organisation, UnitType
from branches.models.person import Affiliation, Person
from branches.models.role import Role
from branches.models.scope import home_paths, is_over, scope_paths, under, visible_paths
from branches.models.upload import ImportMapping, Upload
from branches.models.window import Post, Window

__all__ = [
    "ActivationCode",
    "Affiliation",
    "CorrectionRequest",
    "FormerName",
    "ImportMapping",
    "Organisation",
    "Person",
    "Post",
    "Role",
    "UnitType",
    "Upload",
    "Window",
    "hash_id_number",
    "home_paths",
    "is_over",
    "mask_id_number",
    "mask_phone",
    "open_id_number",
    "scope_paths",
    "seal_id_number",
    "under",
    "visible_paths",
]
