# Open the package as it is with readr, its column types given; canonical.py says what is printed.
#
#     Rscript open_package.R FOLDER

suppressPackageStartupMessages(library(readr))
script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
source(file.path(dirname(script), "canonical.R"))

folder <- commandArgs(trailingOnly = TRUE)[1]
letter <- c(string = "c", integer = "i", number = "d", boolean = "l", date = "D")

line(version = paste0(packageVersion("readr"), " in R ", getRversion()))
each(folder, function(resource) {
  types <- vapply(resource$schema$fields, function(field) letter[[field$type]], "")
  rows <- read_csv(
    file.path(folder, resource$path), col_types = paste(types, collapse = ""), na = "",
    progress = FALSE
  )
  if (nrow(problems(rows)) > 0) stop(problems(rows)$expected[1])
  rows
})
