"""The one door to spreadsheets.

`reading` opens what people upload, `writing` makes what they download. They are imported by
module, because the child that opens uploads must start without loading the writer.
"""
