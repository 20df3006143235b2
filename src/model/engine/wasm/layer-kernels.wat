;; Layers that TensorFlow.js's WASM backend runs slowly, on its own memory. layer-kernels.ts holds what wabt makes of this,
;; in base64. Its test compares the two, and shows the new bytes if they differ.
;;
;; pmin and pmax are one instruction where min and max are seven. They give their first operand if it is no number, so the
;; sum comes first: an error does not disappear.
(module
  (import "backend" "memory" (memory 1))

  ;; x · clip(x / 5 + 1 / 2, 0, 1). The number of values is a multiple of four.
  (func (export "hardSwish") (param $from i32) (param $to i32) (param $fromEnd i32)
    (local $x v128)
    (loop $each
      (local.set $x (v128.load (local.get $from)))
      (v128.store (local.get $to)
        (f32x4.mul (local.get $x)
          (f32x4.pmax
            (f32x4.pmin
              (f32x4.add (v128.const f32x4 0.5 0.5 0.5 0.5)
                (f32x4.mul (v128.const f32x4 0.2 0.2 0.2 0.2) (local.get $x)))
              (v128.const f32x4 1 1 1 1))
            (v128.const f32x4 0 0 0 0))))
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (local.set $to (i32.add (local.get $to) (i32.const 16)))
      (br_if $each (i32.lt_u (local.get $from) (local.get $fromEnd)))))

  ;; Copies an image into a larger one, with zeros around it. $before bytes of zeros come before the first row, $between after
  ;; each but the last, and $after at the end.
  (func (export "pad")
    (param $from i32) (param $to i32) (param $rows i32) (param $rowBytes i32)
    (param $before i32) (param $between i32) (param $after i32)
    (memory.fill (local.get $to) (i32.const 0) (local.get $before))
    (local.set $to (i32.add (local.get $to) (local.get $before)))
    (loop $each
      (memory.copy (local.get $to) (local.get $from) (local.get $rowBytes))
      (local.set $from (i32.add (local.get $from) (local.get $rowBytes)))
      (local.set $to (i32.add (local.get $to) (local.get $rowBytes)))
      (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
      (if (local.get $rows)
        (then
          (memory.fill (local.get $to) (i32.const 0) (local.get $between))
          (local.set $to (i32.add (local.get $to) (local.get $between)))
          (br $each))))
    (memory.fill (local.get $to) (i32.const 0) (local.get $after)))

  ;; A depthwise convolution of one image: rows of pixels, whose channels are a multiple of eight. Four neighbouring
  ;; pixels and eight channels of them are computed together, so that a weight is read once for four products. In a row
  ;; that is no multiple of four, the last four pixels overlap those before.
  (func (export "depthwise")
    (param $from i32) (param $fromRowBytes i32) (param $to i32) (param $toRows i32) (param $toColumns i32)
    (param $pixelBytes i32) (param $stepBytes i32) (param $stepRowBytes i32)
    (param $kernelRows i32) (param $kernelRowBytes i32) (param $weights i32) (param $bias i32) (param $lowest f32)
    (param $isSwish i32)
    (local $channel i32) (local $column i32) (local $out i32) (local $weight i32) (local $kernelRow i32)
    (local $row i32) (local $tap i32) (local $rowEnd i32) (local $second i32) (local $third i32) (local $fourth i32)
    (local $w v128) (local $v v128) (local $floor v128)
    (local $none v128) (local $all v128) (local $slope v128) (local $middle v128)
    (local $a0 v128) (local $a1 v128) (local $b0 v128) (local $b1 v128)
    (local $c0 v128) (local $c1 v128) (local $d0 v128) (local $d1 v128)
    (local.set $floor (f32x4.splat (local.get $lowest)))
    (loop $rows
      (local.set $column (i32.const 0))
      (loop $columns
        (if (i32.gt_u (i32.add (local.get $column) (i32.const 4)) (local.get $toColumns))
          (then (local.set $column (i32.sub (local.get $toColumns) (i32.const 4)))))
        (local.set $channel (i32.const 0))
        (loop $channels
          (local.set $a0 (v128.load (i32.add (local.get $bias) (local.get $channel))))
          (local.set $a1 (v128.load offset=16 (i32.add (local.get $bias) (local.get $channel))))
          (local.set $b0 (local.get $a0)) (local.set $b1 (local.get $a1))
          (local.set $c0 (local.get $a0)) (local.set $c1 (local.get $a1))
          (local.set $d0 (local.get $a0)) (local.set $d1 (local.get $a1))
          (local.set $weight (i32.add (local.get $weights) (local.get $channel)))
          (local.set $row (i32.add (i32.add (local.get $from) (local.get $channel))
            (i32.mul (local.get $column) (local.get $stepBytes))))
          (local.set $kernelRow (local.get $kernelRows))
          (loop $kernel
            (local.set $tap (local.get $row))
            (local.set $rowEnd (i32.add (local.get $row) (local.get $kernelRowBytes)))
            (loop $taps
              (local.set $second (i32.add (local.get $tap) (local.get $stepBytes)))
              (local.set $third (i32.add (local.get $second) (local.get $stepBytes)))
              (local.set $fourth (i32.add (local.get $third) (local.get $stepBytes)))
              (local.set $w (v128.load (local.get $weight)))
              (local.set $v (v128.load offset=16 (local.get $weight)))
              (local.set $a0 (f32x4.add (local.get $a0) (f32x4.mul (local.get $w) (v128.load (local.get $tap)))))
              (local.set $a1 (f32x4.add (local.get $a1) (f32x4.mul (local.get $v) (v128.load offset=16 (local.get $tap)))))
              (local.set $b0 (f32x4.add (local.get $b0) (f32x4.mul (local.get $w) (v128.load (local.get $second)))))
              (local.set $b1 (f32x4.add (local.get $b1) (f32x4.mul (local.get $v) (v128.load offset=16 (local.get $second)))))
              (local.set $c0 (f32x4.add (local.get $c0) (f32x4.mul (local.get $w) (v128.load (local.get $third)))))
              (local.set $c1 (f32x4.add (local.get $c1) (f32x4.mul (local.get $v) (v128.load offset=16 (local.get $third)))))
              (local.set $d0 (f32x4.add (local.get $d0) (f32x4.mul (local.get $w) (v128.load (local.get $fourth)))))
              (local.set $d1 (f32x4.add (local.get $d1) (f32x4.mul (local.get $v) (v128.load offset=16 (local.get $fourth)))))
              (local.set $weight (i32.add (local.get $weight) (local.get $pixelBytes)))
              (local.set $tap (i32.add (local.get $tap) (local.get $pixelBytes)))
              (br_if $taps (i32.lt_u (local.get $tap) (local.get $rowEnd))))
            (local.set $row (i32.add (local.get $row) (local.get $fromRowBytes)))
            (local.set $kernelRow (i32.sub (local.get $kernelRow) (i32.const 1)))
            (br_if $kernel (local.get $kernelRow)))
          (if (local.get $isSwish)
            (then
              (local.set $none (v128.const f32x4 0 0 0 0))
              (local.set $all (v128.const f32x4 1 1 1 1))
              (local.set $slope (v128.const f32x4 0.2 0.2 0.2 0.2))
              (local.set $middle (v128.const f32x4 0.5 0.5 0.5 0.5))
              (local.set $a0 (f32x4.mul (local.get $a0) (f32x4.pmax
                (f32x4.pmin (f32x4.add (local.get $middle) (f32x4.mul (local.get $slope) (local.get $a0))) (local.get $all))
                (local.get $none))))
              (local.set $a1 (f32x4.mul (local.get $a1) (f32x4.pmax
                (f32x4.pmin (f32x4.add (local.get $middle) (f32x4.mul (local.get $slope) (local.get $a1))) (local.get $all))
                (local.get $none))))
              (local.set $b0 (f32x4.mul (local.get $b0) (f32x4.pmax
                (f32x4.pmin (f32x4.add (local.get $middle) (f32x4.mul (local.get $slope) (local.get $b0))) (local.get $all))
                (local.get $none))))
              (local.set $b1 (f32x4.mul (local.get $b1) (f32x4.pmax
                (f32x4.pmin (f32x4.add (local.get $middle) (f32x4.mul (local.get $slope) (local.get $b1))) (local.get $all))
                (local.get $none))))
              (local.set $c0 (f32x4.mul (local.get $c0) (f32x4.pmax
                (f32x4.pmin (f32x4.add (local.get $middle) (f32x4.mul (local.get $slope) (local.get $c0))) (local.get $all))
                (local.get $none))))
              (local.set $c1 (f32x4.mul (local.get $c1) (f32x4.pmax
                (f32x4.pmin (f32x4.add (local.get $middle) (f32x4.mul (local.get $slope) (local.get $c1))) (local.get $all))
                (local.get $none))))
              (local.set $d0 (f32x4.mul (local.get $d0) (f32x4.pmax
                (f32x4.pmin (f32x4.add (local.get $middle) (f32x4.mul (local.get $slope) (local.get $d0))) (local.get $all))
                (local.get $none))))
              (local.set $d1 (f32x4.mul (local.get $d1) (f32x4.pmax
                (f32x4.pmin (f32x4.add (local.get $middle) (f32x4.mul (local.get $slope) (local.get $d1))) (local.get $all))
                (local.get $none))))))
          (local.set $out (i32.add (i32.add (local.get $to) (local.get $channel))
            (i32.mul (local.get $column) (local.get $pixelBytes))))
          (v128.store (local.get $out) (f32x4.pmax (local.get $a0) (local.get $floor)))
          (v128.store offset=16 (local.get $out) (f32x4.pmax (local.get $a1) (local.get $floor)))
          (local.set $out (i32.add (local.get $out) (local.get $pixelBytes)))
          (v128.store (local.get $out) (f32x4.pmax (local.get $b0) (local.get $floor)))
          (v128.store offset=16 (local.get $out) (f32x4.pmax (local.get $b1) (local.get $floor)))
          (local.set $out (i32.add (local.get $out) (local.get $pixelBytes)))
          (v128.store (local.get $out) (f32x4.pmax (local.get $c0) (local.get $floor)))
          (v128.store offset=16 (local.get $out) (f32x4.pmax (local.get $c1) (local.get $floor)))
          (local.set $out (i32.add (local.get $out) (local.get $pixelBytes)))
          (v128.store (local.get $out) (f32x4.pmax (local.get $d0) (local.get $floor)))
          (v128.store offset=16 (local.get $out) (f32x4.pmax (local.get $d1) (local.get $floor)))
          (local.set $channel (i32.add (local.get $channel) (i32.const 32)))
          (br_if $channels (i32.lt_u (local.get $channel) (local.get $pixelBytes))))
        (local.set $column (i32.add (local.get $column) (i32.const 4)))
        (br_if $columns (i32.lt_u (local.get $column) (local.get $toColumns))))
      (local.set $from (i32.add (local.get $from) (local.get $stepRowBytes)))
      (local.set $to (i32.add (local.get $to) (i32.mul (local.get $toColumns) (local.get $pixelBytes))))
      (local.set $toRows (i32.sub (local.get $toRows) (i32.const 1)))
      (br_if $rows (local.get $toRows))))

  ;; Weighted sums of rows: each of $toRows rows is a bias and $taps neighbouring rows, each times a weight. $firsts has the
  ;; place of the first of them. $rowBytes is a multiple of 16.
  (func (export "combineRows")
    (param $from i32) (param $rowBytes i32) (param $firsts i32) (param $taps i32) (param $weights i32) (param $bias i32)
    (param $to i32) (param $toRows i32)
    (local $at i32) (local $row i32) (local $weight i32) (local $tap i32) (local $sum v128)
    (loop $rows
      (local.set $at (i32.const 0))
      (loop $values
        (local.set $sum (v128.load32_splat (local.get $bias)))
        (local.set $row (i32.add (i32.add (local.get $from) (local.get $at))
          (i32.mul (i32.load (local.get $firsts)) (local.get $rowBytes))))
        (local.set $weight (local.get $weights))
        (local.set $tap (local.get $taps))
        (loop $sum
          (local.set $sum
            (f32x4.add (local.get $sum)
              (f32x4.mul (v128.load32_splat (local.get $weight)) (v128.load (local.get $row)))))
          (local.set $weight (i32.add (local.get $weight) (i32.const 4)))
          (local.set $row (i32.add (local.get $row) (local.get $rowBytes)))
          (local.set $tap (i32.sub (local.get $tap) (i32.const 1)))
          (br_if $sum (local.get $tap)))
        (v128.store (local.get $to) (local.get $sum))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br_if $values (i32.lt_u (local.get $at) (local.get $rowBytes))))
      (local.set $weights (local.get $weight))
      (local.set $bias (i32.add (local.get $bias) (i32.const 4)))
      (local.set $firsts (i32.add (local.get $firsts) (i32.const 4)))
      (local.set $toRows (i32.sub (local.get $toRows) (i32.const 1)))
      (br_if $rows (local.get $toRows))))

  ;; Means over pixels, whose channels are a multiple of eight.
  (func (export "means") (param $from i32) (param $pixels i32) (param $pixelBytes i32) (param $to i32)
    (local $channel i32) (local $at i32) (local $left i32) (local $share v128) (local $a v128) (local $b v128)
    (local.set $share (f32x4.splat (f32.div (f32.const 1) (f32.convert_i32_u (local.get $pixels)))))
    (loop $channels
      (local.set $a (v128.const f32x4 0 0 0 0))
      (local.set $b (v128.const f32x4 0 0 0 0))
      (local.set $at (i32.add (local.get $from) (local.get $channel)))
      (local.set $left (local.get $pixels))
      (loop $each
        (local.set $a (f32x4.add (local.get $a) (v128.load (local.get $at))))
        (local.set $b (f32x4.add (local.get $b) (v128.load offset=16 (local.get $at))))
        (local.set $at (i32.add (local.get $at) (local.get $pixelBytes)))
        (local.set $left (i32.sub (local.get $left) (i32.const 1)))
        (br_if $each (local.get $left)))
      (local.set $at (i32.add (local.get $to) (local.get $channel)))
      (v128.store (local.get $at) (f32x4.mul (local.get $a) (local.get $share)))
      (v128.store offset=16 (local.get $at) (f32x4.mul (local.get $b) (local.get $share)))
      (local.set $channel (i32.add (local.get $channel) (i32.const 32)))
      (br_if $channels (i32.lt_u (local.get $channel) (local.get $pixelBytes)))))

  ;; A dense layer of one row: [inner] times [outputs / 8, inner, 8]. Inner is even: products with even and odd places are
  ;; added separately, so that one addition need not wait for the one before.
  (func (export "dense")
    (param $from i32) (param $fromEnd i32) (param $weights i32) (param $bias i32) (param $to i32) (param $toBytes i32)
    (param $lowest f32)
    (local $at i32) (local $output i32) (local $x v128) (local $floor v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $floor (f32x4.splat (local.get $lowest)))
    (loop $outputs
      (local.set $a (v128.load (i32.add (local.get $bias) (local.get $output))))
      (local.set $b (v128.load offset=16 (i32.add (local.get $bias) (local.get $output))))
      (local.set $c (v128.const f32x4 0 0 0 0))
      (local.set $d (v128.const f32x4 0 0 0 0))
      (local.set $at (local.get $from))
      (loop $each
        (local.set $x (v128.load32_splat (local.get $at)))
        (local.set $a (f32x4.add (local.get $a) (f32x4.mul (local.get $x) (v128.load (local.get $weights)))))
        (local.set $b (f32x4.add (local.get $b) (f32x4.mul (local.get $x) (v128.load offset=16 (local.get $weights)))))
        (local.set $x (v128.load32_splat offset=4 (local.get $at)))
        (local.set $c (f32x4.add (local.get $c) (f32x4.mul (local.get $x) (v128.load offset=32 (local.get $weights)))))
        (local.set $d (f32x4.add (local.get $d) (f32x4.mul (local.get $x) (v128.load offset=48 (local.get $weights)))))
        (local.set $weights (i32.add (local.get $weights) (i32.const 64)))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (br_if $each (i32.lt_u (local.get $at) (local.get $fromEnd))))
      (v128.store (i32.add (local.get $to) (local.get $output))
        (f32x4.pmax (f32x4.add (local.get $a) (local.get $c)) (local.get $floor)))
      (v128.store offset=16 (i32.add (local.get $to) (local.get $output))
        (f32x4.pmax (f32x4.add (local.get $b) (local.get $d)) (local.get $floor)))
      (local.set $output (i32.add (local.get $output) (i32.const 32)))
      (br_if $outputs (i32.lt_u (local.get $output) (local.get $toBytes)))))

  ;; 1 / (1 + 2 ^ t), t = -x / ln 2, in place: 2 to the nearest whole number as a float's exponent, times a series of what is
  ;; left, whose next term is below a ten-millionth. The number of values is a multiple of four.
  (func (export "sigmoid") (param $at i32) (param $end i32)
    (local $t v128) (local $whole v128) (local $power v128)
    (loop $each
      (local.set $t (f32x4.pmin
        (f32x4.pmax
          (f32x4.mul (v128.load (local.get $at)) (v128.const f32x4 -1.4426950408889634 -1.4426950408889634 -1.4426950408889634 -1.4426950408889634))
          (v128.const f32x4 -126 -126 -126 -126))
        (v128.const f32x4 126 126 126 126)))
      (local.set $whole (f32x4.nearest (local.get $t)))
      (local.set $t (f32x4.sub (local.get $t) (local.get $whole)))
      (local.set $power (v128.const f32x4 0.00015403530393381606 0.00015403530393381606 0.00015403530393381606 0.00015403530393381606))
      (local.set $power (f32x4.add (f32x4.mul (local.get $power) (local.get $t))
        (v128.const f32x4 0.0013333558146428441 0.0013333558146428441 0.0013333558146428441 0.0013333558146428441)))
      (local.set $power (f32x4.add (f32x4.mul (local.get $power) (local.get $t))
        (v128.const f32x4 0.009618129107628477 0.009618129107628477 0.009618129107628477 0.009618129107628477)))
      (local.set $power (f32x4.add (f32x4.mul (local.get $power) (local.get $t))
        (v128.const f32x4 0.055504108664821576 0.055504108664821576 0.055504108664821576 0.055504108664821576)))
      (local.set $power (f32x4.add (f32x4.mul (local.get $power) (local.get $t))
        (v128.const f32x4 0.2402265069591007 0.2402265069591007 0.2402265069591007 0.2402265069591007)))
      (local.set $power (f32x4.add (f32x4.mul (local.get $power) (local.get $t))
        (v128.const f32x4 0.6931471805599453 0.6931471805599453 0.6931471805599453 0.6931471805599453)))
      (local.set $power (f32x4.add (f32x4.mul (local.get $power) (local.get $t))
        (v128.const f32x4 1 1 1 1)))
      (local.set $power (f32x4.mul (local.get $power)
        (i32x4.shl
          (i32x4.add (i32x4.trunc_sat_f32x4_s (local.get $whole)) (v128.const i32x4 127 127 127 127))
          (i32.const 23))))
      (v128.store (local.get $at) (f32x4.div (v128.const f32x4 1 1 1 1) (f32x4.add (v128.const f32x4 1 1 1 1) (local.get $power))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $each (i32.lt_u (local.get $at) (local.get $end)))))

  ;; Pixels times gates, one for each channel.
  (func (export "gate") (param $from i32) (param $fromEnd i32) (param $pixelBytes i32) (param $gates i32) (param $to i32)
    (local $channel i32)
    (loop $pixels
      (local.set $channel (i32.const 0))
      (loop $channels
        (v128.store (local.get $to)
          (f32x4.mul (v128.load (local.get $from)) (v128.load (i32.add (local.get $gates) (local.get $channel)))))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (local.set $channel (i32.add (local.get $channel) (i32.const 16)))
        (br_if $channels (i32.lt_u (local.get $channel) (local.get $pixelBytes))))
      (br_if $pixels (i32.lt_u (local.get $from) (local.get $fromEnd))))))
