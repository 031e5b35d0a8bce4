package io.github.counterfoil.faults;

import io.github.counterfoil.testing.ProtocolProxy.Link;
import io.github.counterfoil.testing.ProtocolProxy.Request;
import io.github.counterfoil.testing.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/** What becomes of one request that writes or commits, of its answer, and of the connection. */
interface Cut {

    /** Passes the request on, or not. */
    void request(Link link, Request request) throws IOException;

    /** Passes one message of the answer on, or not; the type of the last one is {@code Z}. */
    default void answer(Link link, byte[] message) throws IOException {
        link.toClient(message);
    }

    /** The connection ends, and the server has heard nothing. */
    static Cut beforeTheServer() {
        return (link, request) -> link.reset();
    }

    /** The server has done it, and the connection ends before the answer comes back. */
    static Cut afterTheServer() {
        return new Cut() {
            @Override
            public void request(Link link, Request request) throws IOException {
                link.toServer(request.bytes());
            }

            @Override
            public void answer(Link link, byte[] message) throws IOException {
                if (message[0] == 'Z') {
                    link.cut();
                }
            }
        };
    }

    /** The connection ends while the server is at it. */
    static Cut race() {
        return (link, request) -> {
            link.toServer(request.bytes());
            link.reset();
        };
    }

    /** The server gets the beginning of the request. */
    static Cut insideTheRequest(double part) {
        return (link, request) -> {
            link.toServer(Arrays.copyOf(request.bytes(), (int) (part * request.bytes().length)));
            link.cut();
        };
    }

    /** The driver gets the beginning of one message of the answer, after so many whole ones. */
    static Cut insideTheAnswer(int messages, double part) {
        return new Cut() {
            private int left = messages;

            @Override
            public void request(Link link, Request request) throws IOException {
                link.toServer(request.bytes());
            }

            @Override
            public void answer(Link link, byte[] message) throws IOException {
                if (left-- > 0 && message[0] != 'Z') {
                    link.toClient(message);
                } else {
                    link.toClient(Arrays.copyOf(message, (int) (part * message.length)));
                    link.flush();
                    link.cut();
                }
            }
        };
    }

    /** The server hears the request and then that nothing more will come. */
    static Cut endOfRequests() {
        return (link, request) -> {
            link.toServer(request.bytes());
            link.endRequests();
        };
    }

    /** The driver hears that nothing more will come, while the server is at it. */
    static Cut endOfAnswers() {
        return new Cut() {
            @Override
            public void request(Link link, Request request) throws IOException {
                link.endAnswers();
                link.toServer(request.bytes());
            }

            @Override
            public void answer(Link link, byte[] message) {
                // There is nobody to tell.
            }
        };
    }

    /**
     * Nothing is heard any more of this connection, and nobody says why.
     *
     * @param serverHears whether the server still gets the request
     */
    static Cut silence(boolean serverHears) {
        return new Silence(serverHears);
    }

    /** What has no end. */
    record Silence(boolean serverHears) implements Cut {
        @Override
        public void request(Link link, Request request) throws IOException {
            if (serverHears) {
                link.toServer(request.bytes());
            }
        }

        @Override
        public void answer(Link link, byte[] message) {
            // Lost.
        }
    }

    /** The answer is late. */
    static Cut delay(Duration time) {
        return new Cut() {
            @Override
            public void request(Link link, Request request) throws IOException {
                link.toServer(request.bytes());
            }

            @Override
            public void answer(Link link, byte[] message) throws IOException {
                if (message[0] == 'Z') {
                    Waiting.pause(time);
                }
                link.toClient(message);
            }
        };
    }

    /** Request and answer come byte by byte. */
    static Cut byteByByte() {
        return new Cut() {
            @Override
            public void request(Link link, Request request) throws IOException {
                for (byte one : request.bytes()) {
                    link.toServer(one);
                }
            }

            @Override
            public void answer(Link link, byte[] message) throws IOException {
                for (byte one : message) {
                    link.toClient(one);
                    link.flush();
                }
            }
        };
    }
}
