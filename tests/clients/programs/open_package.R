# Open the package as it is with readr, its column types given; canonical.py says what is printed.
#
#     Rscript open_package.R FOLDER

suppressPackageStartupMessages({
  library(readr)
  library(jsonlite)
})

folder <- commandArgs(trailingOnly = TRUE)[1]
package <- fromJSON(file.path(folder, "datapackage.json"), simplifyVector = FALSE)
letter <- c(string = "c", integer = "i", number = "d", boolean = "l", date = "D")

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

line(version = paste0(packageVersion("readr"), ", R ", getRversion()))
for (resource in package$resources) {
  tryCatch({
    types <- vapply(resource$schema$fields, function(field) letter[[field$type]], "")
    rows <- read_csv(
      file.path(folder, resource$path), col_types = paste(types, collapse = ""), na = "",
      progress = FALSE
    )
    if (nrow(problems(rows)) > 0) stop(problems(rows)$expected[1])
    columns <- lapply(rows, cells)
    line(
      table = unbox(resource$name), columns = I(names(rows)),
      rows = unname(do.call(cbind, columns))
    )
  }, error = function(error) {
    line(table = resource$name, failed = conditionMessage(error))
  })
}
