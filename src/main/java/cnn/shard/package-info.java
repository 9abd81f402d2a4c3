/** Runs in shards: what is noted beside the rows of each, and how they are put together again. */
package cnn.shard;
