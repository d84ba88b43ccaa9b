"""Why the operating system refuses something, in the words of each language."""

import errno

from cmsource.values.language import say

_REASONS = {
    errno.EACCES: say("Permission denied"),
    errno.EBADF: say("Bad file descriptor"),
    errno.EEXIST: say("File exists"),
    errno.EFBIG: say("File too large"),
    errno.EINVAL: say("Invalid argument"),
    errno.EIO: say("Input/output error"),
    errno.EISDIR: say("Is a directory"),
    errno.ELOOP: say("Too many levels of symbolic links"),
    errno.EMFILE: say("Too many open files"),
    errno.ENAMETOOLONG: say("File name too long"),
    errno.ENODEV: say("No such device"),
    errno.ENOENT: say("No such file or directory"),
    errno.ENOSPC: say("No space left on device"),
    errno.ENOTDIR: say("Not a directory"),
    errno.ENXIO: say("No such device or address"),
    errno.EPERM: say("Operation not permitted"),
    errno.EPIPE: say("Broken pipe"),
    errno.EROFS: say("Read-only file system"),
    errno.ETXTBSY: say("Text file busy"),
}


def reason_of(error: Exception) -> str:
    """The reason that an error gives; a well-known one of the system can be said in each language.

    Args:
        error: an `OSError`, or what else refuses a path.
    """
    known = _REASONS.get(getattr(error, "errno", None) or 0)
    given = getattr(error, "strerror", None) or error
    if known is not None and given == known:
        return known
    if isinstance(given, str):
        return given
    if str(given) == "embedded null byte":
        return say("embedded null byte")
    return str(given)
