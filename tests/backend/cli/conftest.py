"""The data folder of a command under test."""

from tests.support.data_folder import data_dir

__all__ = ["data_dir"]
