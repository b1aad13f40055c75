package io.hark.carry;

import io.hark.event.Endpoints;
import java.util.List;

/// A request and its answer with their bodies, decoded from transfer and content coding and cut at
/// the budget.
///
/// @param method the request's method
/// @param uri its target
/// @param requestHeaders `Name: value`, in order
/// @param requestBody its body
/// @param status the answer's status code; 0 where none was seen
/// @param responseHeaders `Name: value`, in order
/// @param responseBody the answer's body
/// @param whole whether both bodies are here whole
public record HttpExchange(
        long ts,
        String uid,
        Endpoints id,
        String decoder,
        long sequence,
        String method,
        String uri,
        List<String> requestHeaders,
        byte[] requestBody,
        int status,
        List<String> responseHeaders,
        byte[] responseBody,
        boolean whole)
        implements Offered {

    @Override
    public HttpExchange to(String reader, long place) {
        return new HttpExchange(
                ts,
                uid,
                id,
                reader,
                place,
                method,
                uri,
                requestHeaders,
                requestBody,
                status,
                responseHeaders,
                responseBody,
                whole);
    }

    /// The value of the first header of that name among `headers`, or empty.
    public static String header(List<String> headers, String name) {
        if (headers instanceof HeaderIndex index) {
            return index.value(name);
        }
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon == name.length() && header.regionMatches(true, 0, name, 0, colon)) {
                return header.substring(colon + 1).strip();
            }
        }
        return "";
    }
}
