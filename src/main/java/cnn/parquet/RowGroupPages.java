package cnn.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ParquetDecodingException;

/** The pages of one row group, uncompressed and of the first version, as this tool and by default most others write them. */
record RowGroupPages(FileChannel file, BlockMetaData block) implements PageReadStore {

    @Override
    public long getRowCount() {
        return block.getRowCount();
    }

    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
        ColumnPath path = ColumnPath.get(column.getPath());
        ColumnChunkMetaData chunk = block.getColumns().stream()
                .filter(one -> one.getPath().equals(path))
                .findFirst()
                .orElseThrow(() -> new ParquetDecodingException("no column " + path));
        if (chunk.getCodec() != CompressionCodecName.UNCOMPRESSED) {
            throw new ParquetDecodingException(
                    "column %s is compressed (%s); write the table uncompressed".formatted(path, chunk.getCodec()));
        }
        try {
            return pages(chunk);
        } catch (IOException e) {
            throw new ParquetDecodingException("damaged pages of column " + path, e);
        }
    }

    private PageReader pages(ColumnChunkMetaData chunk) throws IOException {
        byte[] bytes = TableReader.bytes(file, chunk.getStartingPos(), Math.toIntExact(chunk.getTotalSize()));
        ByteArrayInputStream stream = new ByteArrayInputStream(bytes);
        Deque<DataPage> data = new ArrayDeque<>();
        DictionaryPage dictionary = null;
        for (long values = 0; values < chunk.getValueCount(); ) {
            PageHeader header = Util.readPageHeader(stream);
            BytesInput page = page(bytes, stream, header.getCompressed_page_size());
            if (header.isSetDictionary_page_header()) {
                dictionary = new DictionaryPage(
                        page,
                        header.getDictionary_page_header().getNum_values(),
                        encoding(header.getDictionary_page_header().getEncoding()));
            } else if (header.isSetData_page_header()) {
                data.add(page(header, page, chunk));
                values += header.getData_page_header().getNum_values();
            } else {
                throw new ParquetDecodingException("pages of version 2 are not read; write the table with version 1");
            }
        }
        return new Pages(data, dictionary, chunk.getValueCount());
    }

    private static BytesInput page(byte[] bytes, ByteArrayInputStream stream, int size) throws IOException {
        int start = bytes.length - stream.available();
        if (size < 0 || stream.skip(size) < size) {
            throw new IOException("a page ends too early");
        }
        return BytesInput.from(bytes, start, size);
    }

    private static DataPage page(PageHeader header, BytesInput page, ColumnChunkMetaData chunk) {
        DataPageHeader data = header.getData_page_header();
        return new DataPageV1(
                page,
                data.getNum_values(),
                header.getUncompressed_page_size(),
                chunk.getStatistics(),
                encoding(data.getRepetition_level_encoding()),
                encoding(data.getDefinition_level_encoding()),
                encoding(data.getEncoding()));
    }

    private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
        return Encoding.valueOf(encoding.name());
    }

    private record Pages(Deque<DataPage> data, DictionaryPage dictionary, long values) implements PageReader {

        @Override
        public DictionaryPage readDictionaryPage() {
            return dictionary;
        }

        @Override
        public long getTotalValueCount() {
            return values;
        }

        @Override
        public DataPage readPage() {
            return data.poll();
        }
    }
}
