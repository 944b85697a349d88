def apparent_in(p):
    return ()
