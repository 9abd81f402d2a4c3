/** The command line: one file per subcommand; flags become records, one library call, one report. */
package cnn.cli;
