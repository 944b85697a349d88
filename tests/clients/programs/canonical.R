# The forms of cells and lines that canonical.py describes, in R; sourced by the programs in R.

suppressPackageStartupMessages(library(jsonlite))

cells <- function(column) {
  text <- if (is.logical(column)) {
    paste0("b:", tolower(as.character(column)))
  } else if (inherits(column, "Date")) {
    paste0("d:", format(column))
  } else if (is.numeric(column)) {
    paste0("n:", format(column, digits = 15, scientific = FALSE, trim = TRUE, drop0trailing = TRUE))
  } else {
    paste0("s:", column)
  }
  text[is.na(column)] <- NA
  text
}

line <- function(...) cat(toJSON(list(...), auto_unbox = TRUE, na = "null"), "\n", sep = "")

# Read every table of the package in a folder with a function of its resource; say where it fails.
each <- function(folder, read) {
  package <- fromJSON(file.path(folder, "datapackage.json"), simplifyVector = FALSE)
  for (resource in package$resources) {
    tryCatch({
      rows <- read(resource)
      line(
        table = resource$name, columns = I(names(rows)),
        rows = unname(do.call(cbind, lapply(rows, cells)))
      )
    }, error = function(error) {
      line(table = resource$name, failed = conditionMessage(error))
    })
  }
}
