/// A record that cannot be stored; the message says which component and what to do.
final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unfit(String message) {
        super(message);
    }
}
