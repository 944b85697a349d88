# Open the SQLite file that `export` writes with RSQLite; canonical.py says what is printed.
#
#     Rscript open_export.R PATH FOLDER

suppressPackageStartupMessages(library(DBI))
script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
source(file.path(dirname(script), "canonical.R"))

paths <- commandArgs(trailingOnly = TRUE)
database <- dbConnect(
  RSQLite::SQLite(), paths[1], flags = RSQLite::SQLITE_RO, extended_types = TRUE
)
line(version = paste0(packageVersion("RSQLite"), " in R ", getRversion()))
each(paths[2], function(resource) {
  rows <- dbReadTable(database, resource$name, check.names = FALSE)
  # RSQLite makes days of DATE, but has no truth values.
  for (field in resource$schema$fields) {
    if (field$type == "boolean") rows[[field$name]] <- as.logical(rows[[field$name]])
  }
  rows
})
dbDisconnect(database)
